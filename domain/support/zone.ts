/** Whether this machine knows the IANA time zone, e.g. `Asia/Tehran`. */
export const isZone = (zone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
};
