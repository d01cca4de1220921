/** A page of a contact sheet, as it is drawn; all lengths in pixels of the full page. */
export interface SheetPage {
  width: number;
  height: number;
  /** Of the printed page, written into the PNG; null: a picture for screens. */
  dpi: number | null;
  /** The drawing is this many times as large: below 1 for a preview. */
  scale: number;
  /** Pictures whole within their square, or cropped to it. */
  fit: 'whole' | 'crop';
  texts: SheetText[];
  cells: SheetCell[];
  /** Captions: height of letters and of lines. */
  font: number;
  line: number;
  /** Stands where a picture is missing. */
  missing: string;
}

/** A line of text: cut to its width, set from its beginning (the right for right-to-left text) or from its end. */
export interface SheetText {
  text: string;
  x: number;
  /** Baseline. */
  y: number;
  width: number;
  font: number;
  look: 'title' | 'plain' | 'quiet';
  align: 'start' | 'end';
}

export interface SheetCell {
  row: number;
  /** SHA-256 of the original; '' for a row without a picture. */
  hash: string;
  /** Corner and side of the square of the picture; captions stand below. */
  x: number;
  y: number;
  side: number;
  captions: string[];
}
