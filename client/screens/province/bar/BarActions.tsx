import { EllipsisVertical, type LucideIcon } from 'lucide-react';
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { TabletLayout } from '../useTabletLayout.ts';

/** One thing that can be done with the province. Either `href` or `onPress`. */
export interface BarAction {
  readonly id: string;
  readonly label: string;
  readonly icon: LucideIcon;
  /** Stands in the bar itself in this many layouts: `always`, in `landscape` only, or `never`, then in the menu. */
  readonly inBar: 'always' | 'landscape' | 'never';
  readonly isMain?: boolean;
  /** Why it cannot be done now; absent: it can. */
  readonly why?: string | undefined;
  readonly href?: string;
  readonly onPress?: () => void;
}

function ActionButton({ action: { label, icon: Icon, isMain = false, why, href, onPress }, isIconOnly }: { readonly action: BarAction; readonly isIconOnly: boolean }) {
  const look = { className: 'bar-action', 'data-main': isMain, 'data-icon': isIconOnly } as const;
  const content = <><Icon aria-hidden="true" /><span className={isIconOnly ? 'visuallyHidden' : undefined}>{label}</span></>;
  if (href !== undefined && why === undefined) return <Link {...look} to={href}>{content}</Link>;
  return (
    <span className="bar-actionWithWhy">
      <Button {...look} isDisabled={why !== undefined} {...(why !== undefined && { 'aria-describedby': `why-${label}` })} onPress={() => onPress?.()}>{content}</Button>
      {why !== undefined && <span id={`why-${label}`} className={isIconOnly ? 'visuallyHidden' : 'bar-why'}>{why}</span>}
    </span>
  );
}

/** [SW4] Actions of the province: those with room in the bar, the others in a menu. One entry of `actions` is all that a further one needs. */
export function BarActions({ actions, layout }: { readonly actions: readonly BarAction[]; readonly layout: TabletLayout }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const isInBar = ({ inBar }: BarAction) => inBar === 'always' || (inBar === 'landscape' && layout === 'landscape');
  const more = actions.filter((action) => !isInBar(action));
  return (
    <div className="bar-actions">
      {actions.filter(isInBar).map((action) => <ActionButton key={action.id} action={action} isIconOnly={layout === 'phone'} />)}
      {more.length > 0 && (
        <MenuTrigger>
          <Button className="bar-more" aria-label={t('bar.more')}><EllipsisVertical aria-hidden="true" /></Button>
          <Popover className="bar-popover" placement="bottom end">
            <Menu className="bar-menu" disabledKeys={more.filter(({ why }) => why !== undefined).map(({ id }) => id)}>
              {more.map(({ id, label, icon: Icon, why, href, onPress }) => (
                <MenuItem key={id} id={id} className="bar-menuItem" textValue={label} onAction={() => (href === undefined ? onPress?.() : void navigate(href))}>
                  <Icon aria-hidden="true" /><span>{label}{why !== undefined && <small>{why}</small>}</span>
                </MenuItem>
              ))}
            </Menu>
          </Popover>
        </MenuTrigger>
      )}
    </div>
  );
}
