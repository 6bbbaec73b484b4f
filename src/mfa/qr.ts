/** The PNG of a QR code that holds `text`: error correction M, a quiet zone of four modules (ISO/IEC 18004 section 9.1). */
export async function qrPng(text: string): Promise<Uint8Array> {
  // Loaded at first use: a server that makes no device does not carry it.
  const { default: qrcode } = await import("qrcode");
  return qrcode.toBuffer(text, { type: "png", errorCorrectionLevel: "M", margin: 4, scale: 6 });
}
