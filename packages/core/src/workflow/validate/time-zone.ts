/** True for an IANA time zone that this machine knows. */
export const isTimeZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch (error) {
    // Intl answers an unknown zone with a RangeError and has no other way to ask.
    if (error instanceof RangeError) return false;
    throw error;
  }
};
