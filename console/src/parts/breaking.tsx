import { Fragment } from "react";

/** A long ARN, path or address, which is broken at its marks (no mark that it begins with) before it is broken anywhere else. */
export const Breaking = ({ text }: { readonly text: string }) =>
  [...text.matchAll(/[^:/?]*[:/?]*/g)].map(({ index, 0: piece }) => (
    <Fragment key={index}>
      {index > 1 && piece !== "" && <wbr />}
      {piece}
    </Fragment>
  ));
