import { testRandomLaws } from '../../testdata/random-laws';

testRandomLaws(2);
