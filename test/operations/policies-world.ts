/** A policy document that allows `actions`. */
export const documentOf = (actions: string | readonly string[] = "s3:ListBucket"): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: actions, Resource: "*" }],
  });

/** A document of exactly `size` characters, white space not counted; and some white space. */
export function documentOfSize(size: number): string {
  const document = (filler: string) =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "s3:Get*", Resource: `arn:aws:s3:::${filler}` }],
    });
  return ` \n\t\r${document("b".repeat(size - document("").length))}  `;
}

export const TRUST = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
});
