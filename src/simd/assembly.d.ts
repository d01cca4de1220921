declare module '*?assembly' {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}

declare module '*?assembly&shared' {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}
