/** The build's module (glossary.config.ts); src-renderer/scene/glossary.ts gives it its type. */
declare module '*/assets/glossary.yaml' {
  const read: unknown;
  export default read;
}
