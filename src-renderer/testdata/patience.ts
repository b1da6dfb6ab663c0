/** What is looked for in a document may come late on a busy machine: testing-library gives up after a second by default. */
import { configure } from '@testing-library/svelte';

configure({ asyncUtilTimeout: 60_000 });
