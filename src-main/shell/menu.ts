/** The menu. What the page can do is only named here; the page does it, as for its own keys. */
import { type ContextMenuParams, Menu } from 'electron';
import { type MenuCommand, type MenuState, NAMED_COMMANDS } from '../contract/commands';
import type { Language } from '../model/words';
import { menuTemplate, type RecentActions, textMenuTemplate } from './menu-template';

export class AppMenu {
  private language: Language = 'zh';
  private state: MenuState = { disabled: [], checked: [] };

  private recent: readonly string[] = [];

  constructor(
    private readonly tell: (command: MenuCommand) => void,
    private readonly ofRecent: RecentActions,
  ) {}

  /** The files that were opened last. */
  setRecent(files: readonly string[]): void {
    // A menu takes as long as a frame to build: not for nothing.
    if (files.length === this.recent.length && files.every((file, i) => file === this.recent[i])) return;
    this.recent = files;
    this.build();
  }

  setLanguage(language: Language): void {
    this.language = language;
    this.build();
  }

  private build(): void {
    const { language, state } = this;
    const tell = (command: MenuCommand): void => {
      // A tick is the page's to set: it comes back with what became of the command.
      this.show(this.state);
      this.tell(command);
    };
    Menu.setApplicationMenu(
      Menu.buildFromTemplate(
        menuTemplate({ language, state, isMac: process.platform === 'darwin', tell, recent: { files: this.recent, ...this.ofRecent } }),
      ),
    );
  }

  /** The menu of a text that was clicked with the other button. A thing of the run has a card instead, which is the page's. */
  offer({ isEditable, selectionText }: Pick<ContextMenuParams, 'isEditable' | 'selectionText'>): void {
    const template = textMenuTemplate(this.language, { isEditable, isSelected: selectionText !== '' });
    if (template.length > 0) Menu.buildFromTemplate(template).popup();
  }

  /** What the page says of its commands. */
  show(state: MenuState): void {
    this.state = state;
    const menu = Menu.getApplicationMenu();
    for (const id of NAMED_COMMANDS) {
      const item = menu?.getMenuItemById(id);
      if (!item) continue;
      item.enabled = !state.disabled.includes(id);
      const isOn = state.checked.includes(id);
      // One of several takes the mark away from the others, whatever it is set to: only the one that is on may be set.
      if (item.type === 'checkbox' || (item.type === 'radio' && isOn)) item.checked = isOn;
    }
  }
}
