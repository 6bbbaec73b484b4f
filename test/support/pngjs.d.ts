/** As much of pngjs, which brings no types, as the tests use. */
declare module "pngjs" {
  export const PNG: {
    readonly sync: {
      read(file: Buffer): { readonly width: number; readonly height: number; readonly data: Buffer };
    };
  };
}
