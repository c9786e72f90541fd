/**
 * The time left until a moment, for a person: `2 d 3 h`, `1 h 05 min`, `4:07`. `0:00` once it has passed:
 * the server says when it really is over.
 *
 * @param until - RFC 3339.
 * @param now - Milliseconds since the epoch.
 */
export const countdown = (until: string, now: number): string => {
  const seconds = Math.max(0, Math.ceil((Date.parse(until) - now) / 1000));
  const [days, hours, minutes] = [
    Math.floor(seconds / 86_400),
    Math.floor(seconds / 3600) % 24,
    Math.floor(seconds / 60) % 60,
  ];
  if (days > 0) return `${days} d ${hours} h`;
  if (hours > 0) return `${hours} h ${String(minutes).padStart(2, '0')} min`;
  return `${minutes}:${String(seconds % 60).padStart(2, '0')}`;
};
