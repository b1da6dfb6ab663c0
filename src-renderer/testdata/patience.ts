/**
 * Before each file of tests with a document: what is looked for may come late on a busy machine (testing-library gives up after a second by
 * default), and what the file before has said of the whole page (theme, language) does not count.
 */
import { configure } from '@testing-library/svelte';

configure({ asyncUtilTimeout: 60_000 });

for (const { name } of [...document.documentElement.attributes]) document.documentElement.removeAttribute(name);
