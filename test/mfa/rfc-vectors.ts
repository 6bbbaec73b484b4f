/** The published values of one-time passwords, typed in. */

const KEY = "12345678901234567890";

/** RFC 4226 appendix D: the key is the ASCII text, the counter is the row's place. */
export const RFC_4226_APPENDIX_D = {
  key: KEY,
  codes: ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"],
} as const;

/**
 * RFC 6238 appendix B: moment in seconds, then eight digits with SHA-1, SHA-256 and SHA-512. The keys are 20, 32 and 64 bytes of
 * the repeated text (erratum 2866).
 */
export const RFC_6238_APPENDIX_B = {
  keys: { sha1: KEY, sha256: KEY.repeat(2).slice(0, 32), sha512: KEY.repeat(4).slice(0, 64) },
  rows: [
    { seconds: 59, sha1: "94287082", sha256: "46119246", sha512: "90693936" },
    { seconds: 1111111109, sha1: "07081804", sha256: "68084774", sha512: "25091201" },
    { seconds: 1111111111, sha1: "14050471", sha256: "67062674", sha512: "99943326" },
    { seconds: 1234567890, sha1: "89005924", sha256: "91819424", sha512: "93441116" },
    { seconds: 2000000000, sha1: "69279037", sha256: "90698825", sha512: "38618901" },
    { seconds: 20000000000, sha1: "65353130", sha256: "77737706", sha512: "47863826" },
  ],
} as const;
