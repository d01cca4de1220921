/** What a picture's own metadata (EXIF) says of how it was taken; what it does not say is left out. */
export interface ImageFacts {
  /** Milliseconds since 1970-01-01 UTC; a time without a zone counts as UTC. */
  taken?: number;
  make?: string;
  model?: string;
  lens?: string;
  /** Degrees, north and east positive. */
  latitude?: number;
  longitude?: number;
  /** Metres, below the sea negative. */
  altitude?: number;
  /** Seconds. */
  exposure?: number;
  fNumber?: number;
  iso?: number;
  /** Millimetres, as the lens is marked. */
  focalLength?: number;
  software?: string;
}
