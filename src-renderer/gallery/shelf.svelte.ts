/** What is remembered of the gallery, and the pictures that have been asked for. */
import type { Bridge, ExhibitPicture, Result } from '../../src-main/contract/index';
import type { Notices } from '../stores/notices.svelte';
import type { Shown } from './exhibits';

export class GalleryShelf {
  /** Opened last; null: none. */
  last = $state<string | null>(null);
  /** Whose ending has been reached. */
  reached = $state.raw<readonly string[]>([]);
  private reading: Promise<void> | null = null;
  private readonly pictures = new Map<string, Promise<Result<ExhibitPicture>>>();

  constructor(
    private readonly bridge: Pick<Bridge, 'galleryMemory' | 'keepGalleryMemory' | 'exhibitPicture'>,
    private readonly notices: Pick<Notices, 'kept'>,
  ) {}

  /** Once; what happens before it is there is kept, too. */
  read(): Promise<void> {
    this.reading ??= this.notices
      .kept(() => this.bridge.galleryMemory({}))
      .then((told) => {
        if (!told.ok) return;
        this.last ??= told.value.last;
        this.reached = [...new Set([...told.value.reached, ...this.reached])];
      });
    return this.reading;
  }

  opened(id: string): void {
    if (this.last === id) return;
    this.last = id;
    this.keep();
  }

  reach(id: string): void {
    if (this.reached.includes(id)) return;
    this.reached = [...this.reached, id];
    this.keep();
  }

  private keep(): void {
    // Nothing that was remembered is written over before it has been read.
    void this.read().then(() => this.bridge.keepGalleryMemory({ last: this.last, reached: [...this.reached] }));
  }

  /** Of each only once; one that could not be had is asked for again. */
  picture({ exhibit, phenomenon, name, text }: Shown): Promise<Result<ExhibitPicture>> {
    const known = this.pictures.get(exhibit.id);
    if (known) return known;
    const asked = this.bridge.exhibitPicture({ name, text, at: phenomenon.is });
    this.pictures.set(exhibit.id, asked);
    void asked.then((told) => {
      if (!told.ok) this.pictures.delete(exhibit.id);
    });
    return asked;
  }
}
