/** The build's modules (glossary.config.ts); src-renderer/scene/glossary.ts and src-renderer/gallery/exhibits.ts give them their types. */
declare module '*/assets/glossary.yaml' {
  const read: unknown;
  export default read;
}
declare module '*/assets/gallery/calls.yaml' {
  const read: unknown;
  export default read;
}
declare module '*/assets/gallery/scheduling.yaml' {
  const read: unknown;
  export default read;
}
declare module '*/assets/gallery/waiting.yaml' {
  const read: unknown;
  export default read;
}
declare module '*/assets/gallery/endings.yaml' {
  const read: unknown;
  export default read;
}
