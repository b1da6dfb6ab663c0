/** How the files of a lesson, or of a scenario of one's own, begin. Pure. */
export const stemOf = (lesson: string, scenario: string | undefined): string => (lesson === '' ? (scenario ?? 'run') : lesson);
