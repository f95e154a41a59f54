// What the compiler writes into the page for the client (see page/client_data.py). Grid units: half pixels of zoom 14.

export type Point = [number, number];
export type BoxArray = [number, number, number, number]; // left, top, right, bottom

export interface Tier { id: string; zoom: number; box: BoxArray; scale: number; detail: boolean; wraps?: boolean }
export interface Stroke { shape: string; css: string; closed?: boolean }
export interface Name { text: string; style: string; at: Point; zooms: [number, number]; dot?: string; line?: string; also?: Point[]; side?: number; lang?: string; local?: string; localLang?: string }
export interface Measured { claim: string; stroke: Stroke; pill: string; at: Point; ends: Point[]; box: BoxArray; inside?: boolean; again?: boolean; twin?: string; arrow?: Arrow; also?: (Also | null)[]; km?: string; miles?: string; hidden?: boolean }
export interface Also { stroke: Stroke; box: BoxArray }
export interface Ground { at: Point; radius: number; shape?: string }
export type Arrow = [number, number, number]; // x, y, degrees clockwise from the east
export interface Step { id: string; box: BoxArray; closest: number; strokes: Stroke[]; names: number[]; measured: Measured[]; grounds: Ground[]; arrows: Arrow[] }
export interface StoryData {
  origin: Point;
  tiers: Tier[];
  window: BoxArray;
  closest: number;
  dots: Record<string, number>;
  names: Name[];
  steps: Step[];
  /** What every quantity is in each system, in the order of the page (see page/unit_book.py), with | between. */
  units?: Record<string, string>;
  /** Kind, SI unit, and the numbers of each reading: value, how far below and above (if that differs) it may lie. */
  claims?: Record<string, [string, string, ...number[][]]>;
  words: Record<string, string>;
}

export interface Size { width: number; height: number }
export interface Rect { left: number; top: number; right: number; bottom: number }

/** What a module that only some stories need is started with. */
export interface Story {
  state: ReturnType<typeof import("./state.js").createState>;
  chart: ReturnType<typeof import("./map.js").createChart>;
  claims: ReturnType<typeof import("./claims.js").bindClaims>;
  data: StoryData;
}

declare global {
  /** Those modules, named by the linker. */
  const $$extras: { start(story: Story): void }[];
}
