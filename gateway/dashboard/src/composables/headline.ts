// Metrics that a comparison begins with when the address names none: one or two of each field of work.
const CODES = [
  'law_lectures', 'publicity_events', 'consultations_answered', 'counsel_visits', 'law_savvy_per_village',
  'reviews_total', 'enforcement_inspections', 'mediation_cases', 'mediation_success_rate',
];

/** Those that the catalogue has; an office's own catalogue may have none, then its first ones. */
export function headlineMetrics(known: string[]): string[] {
  const found = CODES.filter((code) => known.includes(code));
  return found.length > 0 ? found : known.slice(0, CODES.length);
}
