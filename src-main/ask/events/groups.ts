/** What a list of events may be narrowed down to. Without anything else, as the table of requests needs it. */
export const EVENT_GROUPS = ['program', 'schedule', 'threads', 'syscall', 'wait', 'sysmon', 'timers', 'stop', 'c', 'end'] as const;
export type EventGroup = (typeof EVENT_GROUPS)[number];
