// What the compiler tells the client (see page/client_data.py and rows.js); where it has nothing to say of something that
// may be missing stands nothing, or 0. Grid units: half pixels of zoom 14.

export type Point = [number, number];
export type Line = Point[];
export type BoxArray = [number, number, number, number]; // left, top, right, bottom

export interface Tier { id: string; zoom: number; box: BoxArray; scale: number; detail: boolean; wraps?: boolean }
export interface Stroke { shape: string; css: string }
export interface Name { text: string; style: string; at: Point; zooms: [number, number]; dot?: string; line?: string; also?: Point[]; side?: number; lang?: string; local?: string; localLang?: string }
export interface Measured { claim: string; stroke: Stroke; pill: string; at: Point; ends: Point[]; box: BoxArray; inside?: boolean; again?: boolean; twin?: string; arrow?: Arrow; also?: (Also | null)[]; km?: string; miles?: string; hidden?: boolean }
export interface Also { stroke: Stroke; box: BoxArray }
export interface Ground { at: Point; radius: number; shape?: string }
export type Arrow = [number, number, number]; // x, y, degrees clockwise from the east
export interface Step { id: string; box: BoxArray; closest: number; strokes: Stroke[]; names: Name[]; measured: Measured[]; grounds: Ground[]; arrows: Arrow[] }
/** What is read at once. */
export interface Head {
  origin: Point;
  tiers: Tier[];
  window: BoxArray;
  closest: number;
  dots: Record<string, number>;
  ids: string[];
  /** The columns of the files to download, and the names of the rows that they are read from. */
  files: [string, string];
  words: Record<string, string>;
}
export interface StoryData extends Head {
  step(index: number): Step;
  /** Reads all of them. */
  steps(): Step[];
  /** What every quantity is in each system, in the order of the page (see page/unit_book.py), with | between. */
  units(): Record<string, string>;
  /** Kind, SI unit, limits, and the numbers of each reading (see page/facts.py). */
  claims(): Record<string, [string, string, ...any[]]>;
}

export interface Size { width: number; height: number }
export interface Rect { left: number; top: number; right: number; bottom: number }

/** What a module that only some stories need is started with. */
export interface Story {
  state: ReturnType<typeof import("./state.js").createState>;
  chart: ReturnType<typeof import("./map.js").createChart>;
  claims: ReturnType<typeof import("./claims.js").bindClaims>;
  data: StoryData;
  /** Tells all numbers as paper has them, and again as this reader wants them. */
  paper?(on: boolean): void;
}

declare global {
  /** Those modules, named by the linker. */
  const $$extras: { start(story: Story): void }[];
}
