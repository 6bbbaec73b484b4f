/** What the server says, whatever language the page is in: it speaks English alone (WCAG 2.2, 3.1.2). */
export function ServerText({
  quoted = false,
  children,
}: {
  readonly quoted?: boolean;
  readonly children: string;
}) {
  const Tag = quoted ? "q" : "span";
  return (
    <Tag lang="en" className="sentence">
      {children}
    </Tag>
  );
}
