/**
 * Stands behind a line of the system call log that the model had nothing to say about: Linux would have answered otherwise. As a comment, as
 * strace writes what it does not know; a view puts its own language's words in its place.
 */
export const NOT_MODELLED = '/* not modelled */';
