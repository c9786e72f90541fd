import type { Json } from '@fk-workflow/core/workflow';

/** What a run of ten steps does, for every engine alike: each step takes two values of the step before and gives them on. */
export interface Task {
  readonly id: string;
  readonly document: Json;
}

/** Steps of the task. */
export const stepCount = 10;

/** A task whose steps pass less than 200 bytes. */
export const smallTask: Task = {
  id: 'SHP-100042',
  document: { status: 'in_transit', eta: '2030-01-31T08:00:00Z' },
};

/** A task whose steps pass 3 KB. */
export const largeTask: Task = {
  id: 'SHP-100042',
  document: {
    stops: Array.from({ length: 27 }, (_, index) => ({
      facility: `Facility ${index}`,
      city: 'Hamburg',
      appointment: '2030-01-31T08:00:00Z',
      dwellMinutes: 45 + index,
      arrived: index < 12,
    })),
  },
};
