/**
 * How large IAM counts a document: its characters without white space, which are space, tab, line feed and carriage return
 * wherever they stand, inside strings too (contract 8; "IAM does not count white space", IAM User Guide, quotas). A
 * character is a UTF-16 unit.
 */
export function documentSize(text: string): number {
  let size = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit !== 0x20 && unit !== 0x09 && unit !== 0x0a && unit !== 0x0d) size += 1;
  }
  return size;
}
