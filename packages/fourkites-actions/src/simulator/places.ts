/** A facility that shipments go to and come from. */
export interface Place {
  readonly name: string;
  readonly email: string;
  readonly city: string;
  readonly state: string;
  readonly latitude: number;
  readonly longitude: number;
}

const place = (
  name: string,
  email: string,
  city: string,
  state: string,
  latitude: number,
  longitude: number,
): Place => ({ name, email, city, state, latitude, longitude });

/** In the order from which shipments choose: FK-1001 goes to Dallas, FK-1002 to Chicago, FK-1003 to Reno. */
export const places = [
  place('Reno Yard', 'dock@reno.example', 'Reno', 'NV', 39.53, -119.81),
  place('Atlanta DC', 'dock@atlanta.example', 'Atlanta', 'GA', 33.75, -84.39),
  place('Memphis Crossdock', 'dock@memphis.example', 'Memphis', 'TN', 35.15, -90.05),
  place('Columbus DC', 'dock@columbus.example', 'Columbus', 'OH', 39.96, -83.0),
  place('Dallas Hub', 'dock@dallas.example', 'Dallas', 'TX', 32.78, -96.8),
  place('Denver Depot', 'dock@denver.example', 'Denver', 'CO', 39.74, -104.99),
  place('Phoenix DC', 'dock@phoenix.example', 'Phoenix', 'AZ', 33.45, -112.07),
  place('Chicago DC', 'dock@chicago.example', 'Chicago', 'IL', 41.88, -87.63),
  place('Harrisburg Hub', 'dock@harrisburg.example', 'Harrisburg', 'PA', 40.27, -76.88),
  place('Savannah Port', 'dock@savannah.example', 'Savannah', 'GA', 32.08, -81.09),
] as const;

/** Who hauls. */
export const carriers = [
  'Summit Freight Lines',
  'Blue Ridge Logistics',
  'Prairie Star Freight',
  'Lone Pine Trucking',
  'Great Basin Transport',
  'Red River Express',
  'Harbor Line Carriers',
] as const;
