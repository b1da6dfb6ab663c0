/** The end of a `switch` over kinds: the compiler sees that none is forgotten, and what comes from elsewhere stops here. */
export function unreachable(what: never): never {
  throw new Error(`unknown kind: ${JSON.stringify(what)}`);
}
