import assert from "node:assert/strict";
import type { RawResponse } from "#wire/raw.ts";

/** What must hold of every answer, whatever was asked: no 5xx, its two headers, and a body that any parser of its kind takes. */
export function checkAnswer({ status, headers, cookies, body }: RawResponse): void {
  assert.ok(status >= 200 && status < 500, `status ${status}: ${body}`);
  const named = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  assert.ok(Number.isFinite(Date.parse(named.get("date") ?? "")), "no Date");
  assert.match(named.get("x-amzn-requestid") ?? "", /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  for (const [name, value] of named) assert.doesNotMatch(value, /[\r\n\0]/, name);
  for (const line of cookies ?? [])
    assert.match(line, /^__Host-countersign-\w+=[\w.-]*; Path=\/; [\w=; -]+$/);
  if (named.get("content-type")?.startsWith("text/xml")) checkXml(String(body));
  if (named.get("content-type")?.startsWith("application/x-amz-json")) JSON.parse(String(body));
}

/** XML 1.0: no forbidden character, no stray `<` or `&`, every element closed by its own end. */
export function checkXml(text: string): void {
  assert.ok(text.isWellFormed(), "half a character");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML 1.0 section 2.2 forbids
  assert.doesNotMatch(text, /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
  assert.doesNotMatch(text, /&(?!(?:lt|gt|amp|quot|apos|#\d+|#x[0-9a-fA-F]+);)/);
  const open: string[] = [];
  const rest = text.replaceAll(
    /<(\/?)([\w:.-]+)((?:\s+[\w:.-]+="[^"<]*")*)\s*(\/?)>|<\?xml[^<>]*\?>/g,
    (_, end, name, _attributes, alone) => {
      if (name === undefined || alone === "/") return "";
      if (end === "/") assert.equal(open.pop(), name, "elements cross");
      else open.push(name);
      return "";
    },
  );
  assert.deepEqual(open, [], "elements left open");
  assert.ok(!rest.includes("<"), "a stray `<`");
}
