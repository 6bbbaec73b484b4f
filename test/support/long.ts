/** The long forms of the slow tests are run (`npm run test:long`). */
export const LONG = process.env.COUNTERSIGN_TEST_LONG === "1";
