// The catalogue of kinds turned round: from what people write to codes. As clients/zhenhui/input/catalogue.h.
import type {KindJson, ListKindsResponseJson, TermJson} from '@/api/types';
import {foldName} from '@/views/enter/sheet/normalise';

type Names = Map<string, string>;

function add(names: Names, text: string | undefined, code: string): void {
  const folded = foldName(text ?? '');
  if (folded !== '' && !names.has(folded)) names.set(folded, code);
}

// Official names win over aliases, so aliases come second and never replace one.
function namesOf(items: (KindJson | TermJson)[]): Names {
  const names: Names = new Map();
  for (const {code = ''} of items) names.set(foldName(code), code);
  for (const {code = '', displayNameZh, displayNameEn} of items) {
    add(names, displayNameZh, code);
    add(names, displayNameEn, code);
  }
  for (const {code = '', aliasesZh = []} of items) for (const alias of aliasesZh) add(names, alias, code);
  return names;
}

/** What words of a sheet mean. Names match in any letter case and in full or half width. */
export class Terms {
  private readonly kinds: Names;
  private readonly audiences: Names;
  private readonly channels: Names;
  private readonly measures = new Map<string, string[]>();
  private readonly measuresOfKind = new Map<string, string[]>();

  constructor(catalogue: ListKindsResponseJson) {
    this.kinds = namesOf(catalogue.kinds ?? []);
    this.audiences = namesOf(catalogue.audiences ?? []);
    this.channels = namesOf(catalogue.channels ?? []);
    this.addMeasure('occurrences', 'occurrences');
    this.addMeasure('次数', 'occurrences');
    for (const kind of catalogue.kinds ?? []) {
      const taken = ['occurrences'];
      for (const {code = '', displayNameZh, displayNameEn} of kind.measures ?? []) {
        for (const name of [code, displayNameZh, displayNameEn]) this.addMeasure(name ?? '', code);
        taken.push(code);
      }
      this.measuresOfKind.set(kind.code ?? '', taken);
    }
  }

  private addMeasure(name: string, code: string): void {
    const folded = foldName(name);
    if (folded === '') return;
    const codes = this.measures.get(folded) ?? [];
    if (!codes.includes(code)) codes.push(code);
    this.measures.set(folded, codes);
  }

  /** The code for a code, a name or an alias. */
  kind(text: string): string | undefined {
    return this.kinds.get(foldName(text));
  }
  audience(text: string): string | undefined {
    return this.audiences.get(foldName(text));
  }
  channel(text: string): string | undefined {
    return this.channels.get(foldName(text));
  }
  /** All measures that a column's heading may mean: one name can belong to several. */
  measuresNamed(heading: string): string[] {
    return this.measures.get(foldName(heading).replace(/^measures\./, '')) ?? [];
  }
  /** Which of them a kind takes; the first when it takes none, for the service to refuse by name. */
  measureOf(kind: string | undefined, candidates: string[]): string {
    const taken = this.measuresOfKind.get(kind ?? '') ?? [];
    return candidates.find((code) => taken.includes(code)) ?? candidates[0] ?? '';
  }
}
