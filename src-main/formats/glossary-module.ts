/** What `import glossary from '…/assets/glossary.yaml'` gives (glossary.config.ts): the glossary as it was read, as a module. */
import { faultText } from './fault';
import { parseGlossary } from './glossary';

/** Throws with all faults, a line each. */
export function moduleOf(text: string, file: string): string {
  const parsed = parseGlossary(text, file);
  if (!parsed.ok) throw new Error(parsed.faults.map((fault) => faultText(fault, 'en')).join('\n'));
  return `export default JSON.parse(${JSON.stringify(JSON.stringify(parsed.glossary))});`;
}
