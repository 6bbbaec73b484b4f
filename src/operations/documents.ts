/**
 * A policy document as answers have it: percent-encoded by RFC 3986, which leaves fewer characters alone than
 * `encodeURIComponent` does (contract 1.8).
 */
export const wireDocument = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
