/** What `import … from '…/assets/gallery/NAME.yaml'` gives (glossary.config.ts): the phenomena as they were read, as a module. */
import { faultText } from './fault';
import { parseGallery } from './gallery';

/** Throws with all faults, a line each. */
export function moduleOf(text: string, file: string): string {
  const parsed = parseGallery(text, file);
  if (!parsed.ok) throw new Error(parsed.faults.map((fault) => faultText(fault, 'en')).join('\n'));
  return `export default ${JSON.stringify(parsed.phenomena)};`;
}
