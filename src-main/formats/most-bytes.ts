/** How large a YAML file may be: whoever only reads its bytes needs no parser for it. */

/** A larger file is refused. */
export const MAX_BYTES = 1024 * 1024;
