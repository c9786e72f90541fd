const rfc3339 = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d{1,9})?(?:Z|[+-](\d\d):(\d\d))$/i;

/** True for a date and time as RFC 3339 writes it, with its offset: `2030-01-31T08:00:00Z`. Leap seconds are not taken. */
export const isDateTime = (text: string): boolean => {
  const match = rfc3339.exec(text);
  if (!match) return false;
  const [year, month, day, hour, minute, second, offsetHour, offsetMinute] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  const lastDay = new Date(Date.UTC(year ?? 0, month ?? 0, 0)).getUTCDate();
  return (
    inRange(month, 1, 12) &&
    inRange(day, 1, lastDay) &&
    inRange(hour, 0, 23) &&
    inRange(minute, 0, 59) &&
    inRange(second, 0, 59) &&
    inRange(offsetHour, 0, 23) &&
    inRange(offsetMinute, 0, 59)
  );
};

const inRange = (value: number | undefined, least: number, most: number): boolean =>
  value !== undefined && value >= least && value <= most;
