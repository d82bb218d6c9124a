// One thing that a person does: a button's call, with "busy", its error, and never twice at once.
import {reactive, ref, shallowRef} from 'vue';
import {ApiError, isAbort} from '@/api/errors';

/** What a view shows of an action. */
export interface Action<Input extends unknown[], Result> {
  readonly busy: boolean;
  /** Why the newest try failed; cleared by the next. */
  readonly error: ApiError | undefined;
  /** Runs it; undefined when it failed or one is running already. */
  run: (...input: Input) => Promise<Result | undefined>;
  clear: () => void;
}

/** Wraps an action; reactive, so a template reads `action.busy`. */
export function useAction<Input extends unknown[], Result>(act: (...input: Input) => Promise<Result>): Action<Input, Result> {
  const busy = ref(false);
  const error = shallowRef<ApiError>();
  async function run(...input: Input): Promise<Result | undefined> {
    if (busy.value) return undefined;
    busy.value = true;
    error.value = undefined;
    try {
      return await act(...input);
    } catch (failure) {
      if (!isAbort(failure)) error.value = failure instanceof ApiError ? failure : new ApiError('UNKNOWN', String(failure));
      return undefined;
    } finally {
      busy.value = false;
    }
  }
  return reactive({busy, error, run, clear: () => (error.value = undefined)}) as Action<Input, Result>;
}
