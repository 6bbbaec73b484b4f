declare const brand: unique symbol;

/** A `T` that only the parser beside the type makes; mixing two brands is a compile error. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };
