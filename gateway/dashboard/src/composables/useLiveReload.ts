// Loads again when a figure that a view shows has changed: what the server derives (ranks, totals) must come from it.
import {onScopeDispose} from 'vue';
import {useI18n} from 'vue-i18n';
import type {ChangedFigureJson, WatchRollupsRequestJson} from '@/api/types';
import {digitsOf} from '@/composables/figures';
import {announce} from '@/composables/useAnnounce';
import {useCatalogue} from '@/composables/useCatalogue';
import {useWatch} from '@/composables/useWatch';

const COALESCE_MS = 120;

/** Inside setup(). Only the watched fields of `source` matter, so a query may be given as it is. */
export function useLiveReload(
  source: () => WatchRollupsRequestJson | null,
  reload: () => Promise<void>,
  onChange: (figures: ChangedFigureJson[]) => void = () => {},
): void {
  const {t, locale} = useI18n();
  const {metricName, metricUnit, townshipName} = useCatalogue();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let connects = 0;

  function say(figures: ChangedFigureJson[]): void {
    const [changed] = figures;
    if (!changed || figures.length > 3) return announce(t('common.figuresChanged', {count: figures.length}));
    const metric = changed.metric ?? '';
    announce(t('common.figureChanged', {town: townshipName(changed.township ?? ''), metric: metricName(metric), value: digitsOf(changed.figure, locale.value), unit: metricUnit(metric)}));
  }

  useWatch(
    () => {
      const query = source();
      return query && {scope: query.scope, metrics: query.metrics, startDate: query.startDate, endDate: query.endDate};
    },
    (figures, first) => {
      // The first message repeats what was just loaded; after a break it may hold what was missed.
      if (first && connects++ === 0) return;
      if (!first) {
        say(figures);
        onChange(figures);
      }
      clearTimeout(timer);
      timer = setTimeout(() => void reload(), COALESCE_MS);
    },
  );
  onScopeDispose(() => clearTimeout(timer));
}
