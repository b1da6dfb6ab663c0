/** The glossary on paper: what the village calls it, Go's own names, and what it stands for. */
import { type Language, LANGUAGES, WORDS } from '../../assets/words/index';
import type { Glossary } from '../formats/glossary';
import { html, type Html, text } from './html';

export function glossaryPages({ terms }: Pick<Glossary, 'terms'>, language: Language): Html[] {
  const words = WORDS[language].papers;
  const others = LANGUAGES.filter((each) => each !== language);
  const rows = Object.values(terms).map(
    ({ word, go, term, means }) =>
      html`<tr>
        <th scope="row"><b>${text(word[language])}</b></th>
        <td>${others.map((each) => html`<div lang="${text(WORDS[each].language.tag)}">${text(word[each])}</div>`)}</td>
        <td>
          <div class="go">${text(go.join(', '))}</div>
          ${LANGUAGES.map((each) => html`<div lang="${text(WORDS[each].language.tag)}">${text(term[each])}</div>`)}
        </td>
        <td>${text(means[language])}</td>
      </tr>`,
  );
  const heads = [words.village, others.map((each) => WORDS[each].language.short).join(' / '), words.inGo, words.means];
  return [
    html`<h1>${text(words.glossary)}</h1>
      <table>
        <thead>
          <tr>
            ${heads.map((head) => html`<th scope="col">${text(head)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>`,
  ];
}
