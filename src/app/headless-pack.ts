/** The download with the first images in PNG; `images.zip` has them as they were given. */
export const PNG_FILE = 'png.zip';

/** The download that holds several tables. */
export const PACK = 'tables.zip';
