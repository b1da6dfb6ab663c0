/** What npm says when there is no network, told in a sentence instead. */
const UNREACHABLE =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ENETDOWN|ERR_SOCKET_TIMEOUT|ENOTCACHED|FETCH_ERROR)\b/;

/** What is missing and what to do, when `said` is of a network that cannot be reached; null: it is about something else. */
export function offlineReason(what, said) {
  const [code] = UNREACHABLE.exec(said) ?? [];
  if (code === undefined) return null;
  return `${what} cannot be fetched: the npm registry cannot be reached (${code}). Connect to the network and start again, or copy node_modules and ~/.cache/schedville from a computer of the same kind where npm start has run (README, “Without a network”).`;
}
