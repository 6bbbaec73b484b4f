import assert from "node:assert/strict";
import jsQR from "jsqr";
import { PNG } from "pngjs";

/** The text that a phone reads from a PNG. */
export function readQrCode(png: Uint8Array): string {
  const { data, width, height } = PNG.sync.read(Buffer.from(png));
  // the package's types describe its CommonJS form, where the function is the default's default
  const decode = jsQR as unknown as typeof jsQR.default;
  const found = decode(new Uint8ClampedArray(data), width, height);
  assert.ok(found, "no QR code in the picture");
  return found.data;
}
