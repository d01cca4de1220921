/** The download that holds several tables. */
export const PACK = 'tables.zip';
