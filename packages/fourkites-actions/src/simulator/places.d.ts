/** A facility that shipments go to and come from. */
export interface Place {
  readonly name: string;
  readonly email: string;
  readonly city: string;
  readonly state: string;
  readonly latitude: number;
  readonly longitude: number;
}
/** In the order from which shipments choose: FK-1001 goes to Dallas, FK-1002 to Chicago, FK-1003 to Reno. */
export declare const places: readonly [Place, Place, Place, Place, Place, Place, Place, Place, Place, Place];
/** Who hauls. */
export declare const carriers: readonly [
  'Summit Freight Lines',
  'Blue Ridge Logistics',
  'Prairie Star Freight',
  'Lone Pine Trucking',
  'Great Basin Transport',
  'Red River Express',
  'Harbor Line Carriers',
];
