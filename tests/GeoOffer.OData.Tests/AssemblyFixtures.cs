using GeoOffer.Testing;

[assembly: AssemblyFixture(typeof(PostGisCluster))]
