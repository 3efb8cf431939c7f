/** Slug, title and colour of the lists; the slug of the last one is not ASCII, as slugs of real sites are. */
export const flavours: readonly (readonly [slug: string, title: string, colour: string])[] = [
  ['apple', 'Apple', '#8bc34a'], ['apricot', 'Apricot', '#f7a35c'], ['banana', 'Banana', '#f4d35e'],
  ['bilberry', 'Bilberry', '#5e60ce'], ['blackcurrant', 'Blackcurrant', '#4a2545'], ['blood-orange', 'Blood orange', '#e4572e'],
  ['bubblegum', 'Bubblegum', '#ff8fc7'], ['caramel', 'Caramel', '#c68642'], ['cherry', 'Cherry', '#d7263d'],
  ['chocolate', 'Chocolate', '#6b4226'], ['cinnamon', 'Cinnamon', '#a0522d'], ['coconut', 'Coconut', '#cfc6b8'],
  ['coffee', 'Coffee', '#7b5544'], ['cola', 'Cola', '#5a2a27'], ['cotton-candy', 'Cotton candy', '#ffa6c9'],
  ['elderflower', 'Elderflower', '#c5d86d'], ['fig', 'Fig', '#7d3c5d'], ['ginger', 'Ginger', '#d9a441'],
  ['grape', 'Grape', '#7b2d8b'], ['grapefruit', 'Grapefruit', '#f26d5b'], ['hazelnut', 'Hazelnut', '#a47148'],
  ['honey', 'Honey', '#f0a202'], ['kiwi', 'Kiwi', '#7cb518'], ['lavender', 'Lavender', '#9d8df1'],
  ['lemon', 'Lemon', '#f2d43d'], ['lime', 'Lime', '#a2d729'], ['mango', 'Mango', '#ff9f1c'],
  ['melon', 'Melon', '#9bc995'], ['mint', 'Mint', '#2ec4b6'], ['orange', 'Orange', '#ff7f11'],
  ['passion-fruit', 'Passion fruit', '#b5446e'], ['peach', 'Peach', '#ffab8f'], ['pear', 'Pear', '#c9cc3f'],
  ['pineapple', 'Pineapple', '#f6bd60'], ['raspberry', 'Raspberry', '#e0245e'], ['rhubarb', 'Rhubarb', '#d4527a'],
  ['strawberry', 'Strawberry', '#ef476f'], ['vanilla', 'Vanilla', '#d8b65c'], ['watermelon', 'Watermelon', '#f25f5c'],
  ['crème-brûlée', 'Crème brûlée', '#d9a05b'],
];

export const adjectives = [
  'Sunny', 'Fizzy', 'Velvet', 'Midnight', 'Frosty', 'Golden', 'Wild', 'Gentle', 'Electric', 'Lucky', 'Dizzy', 'Royal',
  'Tiny', 'Brave', 'Dreamy', 'Salty', 'Sparkling', 'Secret', 'Sleepy', 'Twisted',
];

export const shapes = [
  'Twist', 'Swirl', 'Rocket', 'Comet', 'Pop', 'Spiral', 'Drop', 'Star', 'Wave', 'Cloud', 'Heart', 'Planet', 'Feather',
  'Pearl', 'Kite',
];

export const people = [
  'Ada', 'Bruno', 'Chidi', 'Dilara', 'Emil', 'Farah', 'Greta', 'Hiro', 'Ines', 'Jonas', 'Kofi', 'Lena', 'Mateo', 'Nour',
  'Oskar', 'Priya', 'Quentin', 'Rosa', 'Sven', 'Tala', 'Uma', 'Viktor', 'Wanda', 'Xenia', 'Yusuf', 'Zoë',
];

export const openings = [
  'Thank you for holding the ladder.', 'Happy birthday, and many sticky fingers!', 'You were right about the map.',
  'Congratulations on the new job.', 'Sorry I ate the last one.', 'For the best neighbour on the whole street.',
  'The release went out because of you.', 'Get well soon.', 'Welcome to the team.', 'We miss you at the allotment.',
];

export const closings = [
  'Save the stick, it is a winner.', 'Eat it before it melts.', 'There is more where this came from.',
  'See you on Saturday.', 'Don’t tell the dentist.', 'Share it if you must.', 'It pairs well with rain.',
  'Best served in the garden.',
];

export const gifts: readonly (readonly [slug: string, title: string])[] = [
  ['picnic-box', 'Picnic box'], ['rainy-day-tin', 'Rainy day tin'], ['office-jar', 'Office jar'],
  ['wedding-tree', 'Wedding tree'], ['first-day-cone', 'First day cone'], ['movie-night-bag', 'Movie night bag'],
  ['garden-basket', 'Garden basket'], ['thank-you-dozen', 'Thank-you dozen'], ['pocket-pack', 'Pocket pack'],
  ['winter-sampler', 'Winter sampler'], ['summer-sampler', 'Summer sampler'], ['sour-selection', 'Sour selection'],
  ['sugar-free-six', 'Sugar-free six'], ['giant-lolly', 'Giant lolly'], ['lolly-of-the-month', 'Lolly of the month'],
  ['birthday-bundle', 'Birthday bundle'], ['marathon-medals', 'Marathon medals'], ['exam-survival-kit', 'Exam survival kit'],
  ['apology-assortment', 'Apology assortment'], ['moving-in-crate', 'Moving-in crate'],
];
