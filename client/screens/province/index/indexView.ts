import { useCallback } from 'react';
import { useSearchParams } from 'react-router';
import { GroupId } from '../../../../shared/domain/serviceIndex.ts';

const VIEW = 'index';

export interface IndexView {
  readonly isOpen: boolean;
  /** The group whose components are shown. */
  readonly groupId: GroupId | null;
  readonly setOpen: (isOpen: boolean) => void;
  readonly setGroup: (groupId: GroupId | null) => void;
}

/** What a link asks of this view, with what it asks wrongly left out. Pure. */
function readIndexView(search: URLSearchParams): Pick<IndexView, 'isOpen' | 'groupId'> {
  const group = GroupId.safeParse(search.get('group'));
  return { isOpen: search.get('view') === VIEW && search.get('domain') === 'dossiers', groupId: group.success ? group.data : null };
}

/** The view lives in the address: `?domain=dossiers&view=index&group=progress`. */
export function useIndexView(): IndexView {
  const [search, setSearch] = useSearchParams();
  const change = useCallback((edit: (next: URLSearchParams) => void, isStep: boolean) => setSearch((before) => {
    const next = new URLSearchParams(before);
    edit(next);
    return next;
  }, { replace: !isStep }), [setSearch]);
  return {
    ...readIndexView(search),
    setOpen: useCallback((isOpen) => change((next) => {
      next.delete('group');
      if (isOpen) next.set('view', VIEW);
      else next.delete('view');
    }, true), [change]),
    setGroup: useCallback((groupId) => change((next) => {
      if (groupId === null) next.delete('group');
      else next.set('group', groupId);
    }, false), [change]),
  };
}
