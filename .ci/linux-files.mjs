/** What a Linux desktop is told of the program: its entry, its kinds of documents and its scheme, as freedesktop.org has them. */

/** The same keys as electron-builder writes for the AppImage, and what it adds itself. */
export function desktopEntry({ entry, categories, mimeTypes, exec, icon }) {
  const lines = Object.entries({
    ...entry,
    Exec: `${exec} %U`,
    Terminal: 'false',
    Type: 'Application',
    Icon: icon,
    Categories: categories,
    MimeType: `${mimeTypes.join(';')};`,
  }).map(([key, value]) => `${key}=${value}`);
  return `[Desktop Entry]\n${lines.join('\n')}\n`;
}

/** Endings of more than one part win over those of one part by their weight and length. */
export function mimeXml(documents) {
  const types = documents.map(
    ({ mimeType, glob, is, en, zh }) => `  <mime-type type="${mimeType}">
    <comment>${en}</comment>
    <comment xml:lang="zh_CN">${zh}</comment>
    <sub-class-of type="${is}"/>
    <glob pattern="${glob}" weight="60"/>
  </mime-type>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
${types.join('\n')}
</mime-info>
`;
}
