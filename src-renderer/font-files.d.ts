/** A font as the address under which the page finds it. */
declare module '*.woff2?url' {
  const address: string;
  export default address;
}
